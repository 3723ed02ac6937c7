CREATE SCHEMA app
GO
CREATE TABLE dbo.[Users] ([Id] int IDENTITY(1, 1) NOT NULL CONSTRAINT [PK_Users] PRIMARY KEY CLUSTERED, [Email] nvarchar(200) NOT NULL CONSTRAINT UQ_Users_Email UNIQUE, Age int NULL CONSTRAINT CK_Users_Age CHECK (Age > 0), CreatedAt datetime2 NOT NULL DEFAULT (getdate()), Code AS (Age * 2), Kept AS (Age + 1) PERSISTED)
GO
CREATE TABLE app.Orders (Id bigint NOT NULL, UserId int NOT NULL, Total decimal(10, 2) NOT NULL DEFAULT 0, Note varchar(20), CONSTRAINT PK_Orders PRIMARY KEY (Id, UserId), CONSTRAINT FK_Orders_Users FOREIGN KEY (UserId) REFERENCES dbo.Users (Id) ON DELETE CASCADE)
GO
CREATE INDEX IX_Orders_User ON app.Orders (UserId, Total DESC) INCLUDE (Note)
GO
CREATE UNIQUE INDEX UX_Orders_Note ON app.Orders (Note) WHERE Note IS NOT NULL
GO
CREATE TABLE Plain (a int, b int, PRIMARY KEY (b, a))
GO
CREATE TABLE Tree (id int PRIMARY KEY, parent int REFERENCES Tree (id))
GO
