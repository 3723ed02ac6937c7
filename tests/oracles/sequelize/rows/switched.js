'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.sequelize.query('PRAGMA foreign_keys = OFF');
    await queryInterface.changeColumn('users', 'nick', { type: Sequelize.TEXT });
    await queryInterface.renameColumn('users', 'nick', 'name');
    await queryInterface.sequelize.query('PRAGMA foreign_keys = ON');
  },
};
