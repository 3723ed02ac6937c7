CREATE TABLE types (
a tinyint, b tinyint(1), c bool, d smallint unsigned, e mediumint(8), f int, g integer(10) unsigned, h bigint(20),
i decimal, j decimal(10,2) unsigned, k numeric(5), l float, m float(7,3), n double, o double precision, p real, q float(30),
r char, s char(3), t varchar(20), u national varchar(5), v tinytext, w text, x mediumtext, y longtext, z binary(16),
aa varbinary(8), ab tinyblob, ac blob, ad longblob, ae date, af datetime, ag datetime(3), ah timestamp NULL, ai time,
aj time(6), ak year, al enum('a','b''c'), am set('x','y'), an bit, ao bit(5), ap int(5) zerofill,
aq varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, ar text(100), as_ point, at character varying(4), au dec(4,1))
;
CREATE TABLE more (
a int1, b int2, c int3, d int4, e int8, f middleint, g dec, h fixed(6,1), i float4, j float8, k float(24), l float(25), m double(7,2) unsigned,
n char byte, o char(3) byte, p nchar, q nchar(4), r nvarchar(5), s national character varying(6), t nchar varchar(7), u char varying(8),
v long, w long varchar, x long varbinary, y text(255), z text(70000), aa blob(200), ab blob(70000), ac varchar(5) ascii, ad varchar(5) unicode,
ae varchar(5) binary, af varchar(6) charset utf8, ag varchar(6) character set utf8mb3 collate utf8_bin, ah json, ai geometry, aj geometrycollection,
ak multipolygon, al vector(4), am enum('x') charset latin1, an enum('with '' quote', "double ""d"""), ao tinyint(4), ap tinyint(1) unsigned,
aq smallint(3) zerofill, ar bigint(20) unsigned zerofill, as_ decimal(8,3) zerofill, at timestamp(6) null, au datetime(0), av time(0), aw year(4),
ax bit, ay boolean not null default true, az integer signed, ba int unsigned not null, bb real(5,1), bc numeric, bd set('p','q') not null, be varbinary(0));
CREATE TABLE ser (id serial, a int);
CREATE TABLE ser2 (id serial primary key, b bigint unsigned);
