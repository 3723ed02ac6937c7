module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('accounts', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(100), allowNull: false },
      provider: { type: Sequelize.STRING(20), allowNull: false },
      status: { type: Sequelize.STRING(20), allowNull: false, defaultValue: 'active' },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('accounts', ['name'], { name: 'uk_accounts_name', unique: true });

    await queryInterface.createTable('regions', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      code: { type: Sequelize.STRING(30), allowNull: false },
      title: { type: Sequelize.STRING(100), allowNull: false },
      enabled: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      sort_order: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 0 },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('regions', ['code'], { name: 'uk_regions_code', unique: true });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('regions');
    await queryInterface.dropTable('accounts');
  },
};
