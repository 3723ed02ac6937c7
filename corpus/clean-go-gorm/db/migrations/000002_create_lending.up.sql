CREATE TABLE members (
    id          bigserial PRIMARY KEY,
    card_number varchar(20) NOT NULL,
    email       varchar(255) NOT NULL,
    full_name   varchar(160) NOT NULL,
    branch_id   bigint NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CONSTRAINT uni_members_card_number UNIQUE (card_number),
    CONSTRAINT fk_members_branch FOREIGN KEY (branch_id) REFERENCES branches (id)
);

CREATE UNIQUE INDEX idx_members_email ON members (email);
CREATE INDEX idx_members_branch_id ON members (branch_id);

CREATE TABLE copies (
    id          bigserial PRIMARY KEY,
    book_id     bigint NOT NULL,
    branch_id   bigint NOT NULL,
    barcode     varchar(24) NOT NULL,
    condition   varchar(12) NOT NULL DEFAULT 'good',
    acquired_on date,
    CONSTRAINT fk_copies_book FOREIGN KEY (book_id) REFERENCES books (id),
    CONSTRAINT fk_copies_branch FOREIGN KEY (branch_id) REFERENCES branches (id)
);

CREATE UNIQUE INDEX idx_copies_barcode ON copies (barcode);
CREATE INDEX idx_copies_book_branch ON copies (book_id, branch_id);

CREATE TABLE loans (
    id          bigserial PRIMARY KEY,
    copy_id     bigint NOT NULL,
    member_id   bigint NOT NULL,
    due_on      date NOT NULL,
    returned_at timestamptz,
    created_at  timestamptz NOT NULL,
    CONSTRAINT fk_loans_copy FOREIGN KEY (copy_id) REFERENCES copies (id),
    CONSTRAINT fk_members_loans FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE
);

CREATE INDEX idx_loans_member_id ON loans (member_id);
CREATE UNIQUE INDEX idx_loans_open_copy ON loans (copy_id) WHERE returned_at IS NULL;
