module.exports = function(sequelize, DataTypes) {
  return sequelize.define('customers', {
    id: { autoIncrement: true, type: DataTypes.BIGINT, allowNull: false, primaryKey: true },
    email: { type: DataTypes.STRING(255), allowNull: false, unique: "customers_email_key" },
    created: { type: DataTypes.DATE, allowNull: true, defaultValue: DataTypes.NOW }
  }, {
    sequelize,
    tableName: 'customers',
    timestamps: false,
    indexes: [
      { name: "customers_created", fields: [ { name: "created" } ] },
    ]
  });
};
