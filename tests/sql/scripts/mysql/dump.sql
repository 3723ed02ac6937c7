/*!40101 SET @saved_cs_client = @@character_set_client */;
DROP TABLE IF EXISTS `users`;
/*!40101 SET character_set_client = utf8 */;
CREATE TABLE `users` (`id` int(11) NOT NULL, `n` varchar(5) DEFAULT NULL, PRIMARY KEY (`id`), KEY `n` (`n`)) /*!50100 ENGINE=InnoDB */;
LOCK TABLES `users` WRITE; /*!40000 ALTER TABLE `users` DISABLE KEYS */;
INSERT INTO `users` VALUES (1,'a;\'b'),(2,"c;d"); UNLOCK TABLES; # ; comment
/*!50003 CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW BEGIN SET NEW.n = 'x'; SET NEW.id = 1; END */;
/*!50001 CREATE VIEW v AS SELECT 1 AS x */;
