CREATE TABLE types (
a tinyint, b tinyint(1), c bool, d smallint unsigned, e mediumint(8), f int, g integer(10) unsigned, h bigint(20),
i decimal, j decimal(10,2) unsigned, k numeric(5), l float, m float(7,3), n double, o double precision, p real, q float(30),
r char, s char(3), t varchar(20), u national varchar(5), v tinytext, w text, x mediumtext, y longtext, z binary(16),
aa varbinary(8), ab tinyblob, ac blob, ad longblob, ae date, af datetime, ag datetime(3), ah timestamp NULL, ai time,
aj time(6), ak year, al enum('a','b''c'), am set('x','y'), an bit, ao bit(5), ap int(5) zerofill,
aq varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, ar text(100), as_ point, at character varying(4), au dec(4,1))
