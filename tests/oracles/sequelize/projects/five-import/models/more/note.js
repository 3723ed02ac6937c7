'use strict';
exports.default = (sequelize, { TEXT }) => sequelize.define('Note', { body: TEXT });
exports.__esModule = true;
