import Sequelize from 'sequelize';
export const sequelize = new Sequelize('DIALECT://a:b@c/d', { dialect: 'DIALECT', define: { underscored: true, timestamps: false } });
export default sequelize;
