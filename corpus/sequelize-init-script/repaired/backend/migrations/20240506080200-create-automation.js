module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('automation_scripts', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: Sequelize.STRING(100), allowNull: false },
      body: { type: Sequelize.TEXT('medium') },
      runtime: { type: Sequelize.STRING(20), allowNull: false, defaultValue: 'bash' },
      timeout_seconds: { type: Sequelize.INTEGER, allowNull: false, defaultValue: 300 },
      env_vars: { type: Sequelize.JSON },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });

    await queryInterface.createTable('execution_history', {
      id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true },
      script_id: { type: Sequelize.INTEGER, allowNull: false },
      status: { type: Sequelize.STRING(20), allowNull: false, defaultValue: 'queued' },
      triggered_by: { type: Sequelize.STRING(80) },
      exit_code: { type: Sequelize.INTEGER },
      output_tail: { type: Sequelize.TEXT },
      started_at: { type: Sequelize.DATE },
      finished_at: { type: Sequelize.DATE },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
    await queryInterface.addIndex('execution_history', ['script_id']);

    await queryInterface.createTable('scheduled_tasks', {
      id: { type: Sequelize.UUID, primaryKey: true },
      script_id: { type: Sequelize.INTEGER, allowNull: false },
      cron: { type: Sequelize.STRING(60), allowNull: false },
      timezone: { type: Sequelize.STRING(40), allowNull: false, defaultValue: 'UTC' },
      enabled: { type: Sequelize.BOOLEAN, allowNull: false, defaultValue: true },
      next_run_at: { type: Sequelize.DATE },
      created_at: { type: Sequelize.DATE, allowNull: false },
      updated_at: { type: Sequelize.DATE, allowNull: false },
    }, { charset: 'utf8mb4' });
  },

  async down(queryInterface) {
    await queryInterface.dropTable('scheduled_tasks');
    await queryInterface.dropTable('execution_history');
    await queryInterface.dropTable('automation_scripts');
  },
};
