module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('channels', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(100), allowNull: false },
      endpoint: { type: Sequelize.STRING(255), allowNull: false },
      weight: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 1 },
      enabled: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      health_score: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 100 },
      last_probe_at: { type: Sequelize.DATE },
      labels: { type: Sequelize.JSON },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });

    await queryInterface.createTable('probe_results', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      channel_id: { type: Sequelize.INTEGER, allowNull: false },
      probe_type: { type: Sequelize.STRING(20), allowNull: false },
      status: { type: Sequelize.STRING(20), allowNull: false },
      latency_ms: { type: Sequelize.INTEGER },
      error_message: { type: Sequelize.TEXT },
      tested_at: { type: Sequelize.DATE, allowNull: false },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('probe_results', ['status']);
    await queryInterface.addIndex('probe_results', ['tested_at']);
    await queryInterface.addIndex('probe_results', ['channel_id', 'tested_at']);
  },

  async down(queryInterface) {
    await queryInterface.dropTable('probe_results');
    await queryInterface.dropTable('channels');
  },
};
