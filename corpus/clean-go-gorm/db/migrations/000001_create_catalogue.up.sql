CREATE TABLE branches (
    id         bigserial PRIMARY KEY,
    code       varchar(12) NOT NULL,
    name       varchar(120) NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX idx_branches_code ON branches (code);

CREATE TABLE authors (
    id   bigserial PRIMARY KEY,
    name varchar(200) NOT NULL
);

CREATE INDEX idx_authors_name ON authors (name);

CREATE TABLE books (
    id           bigserial PRIMARY KEY,
    isbn         varchar(13) NOT NULL,
    title        varchar(300) NOT NULL,
    summary      text,
    published_on date,
    pages        integer NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    CONSTRAINT chk_books_pages CHECK (pages >= 0)
);

CREATE UNIQUE INDEX idx_books_isbn ON books (isbn);
CREATE INDEX idx_books_title ON books (title);

CREATE TABLE book_authors (
    book_id   bigint NOT NULL,
    author_id bigint NOT NULL,
    PRIMARY KEY (book_id, author_id),
    CONSTRAINT fk_book_authors_book FOREIGN KEY (book_id) REFERENCES books (id),
    CONSTRAINT fk_book_authors_author FOREIGN KEY (author_id) REFERENCES authors (id)
);
