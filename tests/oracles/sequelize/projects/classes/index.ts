// TypeScript: generics, declare, InferAttributes, satisfies, as const, enums, non-null assertions.
import { DataTypes, Model, Sequelize } from 'sequelize';
import type { Optional } from 'sequelize';

export const sequelize: Sequelize = new Sequelize({ dialect: 'DIALECT' as any, database: 'd' });
enum Role { Admin = 'admin', Member = 'member' }
interface PersonAttributes { id: number; fullName: string; role: Role }
type PersonCreation = Optional<PersonAttributes, 'id'>;

export class Person extends Model<PersonAttributes, PersonCreation> implements PersonAttributes {
  declare id: number;
  declare fullName: string;
  public role!: Role;
}
Person.init(
  {
    id: { type: DataTypes.INTEGER.UNSIGNED, autoIncrement: true, primaryKey: true },
    fullName: { type: new DataTypes.STRING(128), allowNull: false },
    role: { type: DataTypes.ENUM(...Object.values(Role)), allowNull: false, defaultValue: Role.Member },
  },
  { sequelize, tableName: 'people', underscored: true },
);

export class Address extends Model {
  public static initModel(connection: Sequelize): typeof Address {
    Address.init({ line: DataTypes.STRING, ownerId: { type: DataTypes.INTEGER.UNSIGNED, field: 'owner_id' } } as any, { sequelize: connection!, modelName: 'Address' });
    return Address;
  }
}
Address.initModel(sequelize);
Person.hasMany(Address, { sourceKey: 'id', foreignKey: 'ownerId', as: 'addresses' });
Address.belongsTo(Person, { targetKey: 'id', foreignKey: 'ownerId', as: 'owner' });

export const Log = sequelize.define<any>('Log', { line: DataTypes.TEXT('medium') }, { timestamps: false, freezeTableName: true } as const);
