'use strict';

module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addConstraint('users', { fields: ['nick'], type: 'unique', name: 'users_nick' });
  },
};
