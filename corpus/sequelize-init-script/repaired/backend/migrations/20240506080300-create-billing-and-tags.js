module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('billing_summaries', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      email: { type: Sequelize.STRING(150), allowNull: false },
      usage_amount: { type: Sequelize.DECIMAL(12, 2), allowNull: false, defaultValue: 0 },
      script_run_count: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 0 },
      account_opened_at: { type: Sequelize.DATE },
      last_checked_at: { type: Sequelize.DATE },
      last_synced_at: { type: Sequelize.DATE },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('billing_summaries', ['email'], { unique: true });

    await queryInterface.createTable('resource_tags', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(60), allowNull: false },
      scope: { type: Sequelize.STRING(20), allowNull: false, defaultValue: 'account' },
      value: { type: Sequelize.STRING(120) },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('resource_tags', ['scope', 'name']);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('resource_tags');
    await queryInterface.dropTable('billing_summaries');
  },
};
