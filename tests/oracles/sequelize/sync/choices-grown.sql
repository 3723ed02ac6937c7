/*ENUM*/CREATE TABLE users (/*ID*/, mood /*MOOD*/);
