const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('d', 'u', '', { dialect: 'DIALECT', define: { timestamps: false } });
sequelize.define('Array', { a: DataTypes.ARRAY(DataTypes.STRING), b: DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.INTEGER)), c: DataTypes.ARRAY(DataTypes.ENUM('m', 'n')), d: { type: DataTypes.ARRAY(DataTypes.DECIMAL(4, 1)), allowNull: false, defaultValue: [] } });
sequelize.define('Range', { a: DataTypes.RANGE, b: DataTypes.RANGE(DataTypes.BIGINT), c: DataTypes.RANGE(DataTypes.DATE), d: DataTypes.RANGE(DataTypes.DATEONLY), e: DataTypes.RANGE(DataTypes.DECIMAL) });
sequelize.define('Net', { a: DataTypes.INET, b: DataTypes.CIDR, c: DataTypes.MACADDR });
sequelize.define('Document', { a: DataTypes.JSONB, b: { type: DataTypes.JSONB, defaultValue: {} }, c: { type: DataTypes.JSON, allowNull: false, defaultValue: { theme: 'dark' } } });
sequelize.define('Counter', { id: { type: DataTypes.SMALLINT, primaryKey: true, autoIncrement: true }, n: DataTypes.DOUBLE(4, 2) });
sequelize.define('BigCounter', { id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true } }, { comment: 'counts' });
sequelize.define('Ticket', { id: { type: DataTypes.UUID, primaryKey: true, defaultValue: Sequelize.literal('gen_random_uuid()') }, at: { type: DataTypes.DATE, defaultValue: Sequelize.fn('now') } });
sequelize.define('Indexed', { tags: { type: DataTypes.JSONB, index: true }, name: DataTypes.STRING, state: DataTypes.STRING }, {
  indexes: [
    { name: 'by_lower', fields: [Sequelize.fn('lower', Sequelize.col('name'))] },
    { name: 'open_only', unique: true, fields: ['name'], where: { state: 'open' } },
    { name: 'by_tags', using: 'GIN', fields: ['tags'] },
    { name: 'desc_name', fields: [{ name: 'name', order: 'DESC' }, 'state'] },
  ],
});
module.exports = sequelize;
