CREATE TABLE numbers (a tinyint, b smallint, c int, d bigint, e bit, f decimal, g decimal(10), h numeric(12, 3), i money, j smallmoney, k float, l real, m float(24), n integer, o dec(5, 2), p double precision)
GO
CREATE TABLE texts (a char, b char(5), c varchar(20), d varchar(max), e nchar(3), f nvarchar(50), g nvarchar(max), h text, i ntext, j sysname NOT NULL, k varchar)
GO
CREATE TABLE bytes (a binary(16), b varbinary(255), c varbinary(max), d image, e rowversion)
GO
CREATE TABLE moments (a date, b time, c time(3), d datetime, e datetime2, f datetime2(3), g datetimeoffset, h datetimeoffset(2), i smalldatetime)
GO
CREATE TABLE others (a uniqueidentifier, b xml, c sql_variant)
GO
CREATE TABLE stamped (a int, [timestamp] timestamp)
GO
