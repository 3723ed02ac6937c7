CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE SCHEMA app; CREATE TYPE app."Kind" AS ENUM ('a');
CREATE TABLE types (
  a smallint, b int, c bigint, d int2, e int4, f int8, g real, h double precision, i float, j float(10), k float(30),
  l decimal, m numeric(10), n numeric(10,2), o varchar, p varchar(20), q char, r char(3), s text, t bpchar,
  u boolean, v bool, w date, x time, y time(3) with time zone, z timetz, aa timestamp, ab timestamp(3),
  ac timestamptz, ad timestamp(0) with time zone, ae interval, af interval year to month, ag interval second(3),
  ah uuid, ai json, aj jsonb, ak bytea, al bit, am bit(3), an bit varying, ao varbit(5), ap inet, aq cidr,
  ar money, as_ xml, at tsvector, au int4range, av text[], aw int[3][3], ax varchar(5)[], ay int array,
  az mood, ba mood[], bb email, bc "char", bd app."Kind", be public.mood, bf pg_catalog.int8, bg oid, bh name,
  bi national character varying(7), bj character varying, bk point, bl "text", bm timestamp without time zone
);
