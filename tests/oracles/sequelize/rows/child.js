'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.changeColumn('posts', 'user_id', { type: Sequelize.TEXT });
  },
};
