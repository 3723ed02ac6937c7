'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('users', 'nick', { type: Sequelize.TEXT });
  },
};
