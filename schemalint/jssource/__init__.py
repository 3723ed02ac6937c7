"""JavaScript and TypeScript source code as plain data, and what its expressions mean: shared by the parsers of Sequelize's models
and of migrations written in code. Nothing is ever run."""
