# ruff: noqa
"""declarative_base in the ways that 1.x projects write it."""

import datetime

import sqlalchemy as db
from sqlalchemy import Boolean, CheckConstraint, Column, Date, DateTime, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy import Integer, PrimaryKeyConstraint, SmallInteger, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()
NAME_LENGTH = 60
LIMITS = {"short": 10, "long": 400}
PREFIX = "app_"


class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    name = Column(String(NAME_LENGTH), nullable=False)
    born = Column("birth_date", Date())
    books = relationship("Book", backref=backref("author", lazy="joined"))


class Book(Base):
    __tablename__ = PREFIX + "books"
    id = db.Column(db.Integer, primary_key=True, autoincrement=True)
    author_id = db.Column(db.Integer, db.ForeignKey("authors.id", ondelete="SET NULL", onupdate="CASCADE"))
    title = db.Column(db.String(200), nullable=False, default="", comment="as on the cover")
    isbn = db.Column(db.CHAR(13), unique=True)
    added = db.Column(db.DateTime, nullable=False, default=datetime.datetime.utcnow)


class Shelf(Base):
    __tablename__ = f"{PREFIX}shelves"
    __table_args__ = (UniqueConstraint("room", "place"),)
    id = Column(Integer, primary_key=True)
    room = Column(String(20))
    place = Column(SmallInteger)


class ShelfBook(Base):
    __tablename__ = "shelf_books"
    __table_args__ = (
        PrimaryKeyConstraint("shelf_id", "book_id", name="pk_of_shelf_books"),
        ForeignKeyConstraint(["shelf_id"], ["app_shelves.id"], name="fk_shelf", ondelete="CASCADE"),
        ForeignKeyConstraint(["book_id"], ["app_books.id"]),
    )
    shelf_id = Column(Integer)
    book_id = Column(Integer)


class Member(Base):
    __tablename__ = "members"
    __table_args__ = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "comment": "who reads"}
    number = Column(String(12), primary_key=True)
    email = Column(String(120), nullable=False, unique=True, index=True)
    active = Column(Boolean, nullable=False, server_default="1")
    joined = Column(DateTime, server_default=func.now(), onupdate=func.now())


class Loan(Base):
    __tablename__ = "loans"
    __table_args__ = (
        CheckConstraint("returned IS NULL OR returned >= lent", name="ck_loan_dates"),
        Index("ix_loans_open", "member_number", "returned"),
        {"mysql_engine": "InnoDB"},
    )
    id = Column(Integer, primary_key=True)
    book_id = Column(Integer, ForeignKey(Book.id), nullable=False, index=True)
    member_number = Column(String(12), ForeignKey("members.number"), nullable=False)
    lent = Column(Date, nullable=False, server_default=text("'2000-01-01'"))
    returned = Column(Date)


class Fine(Base):
    __tablename__ = "fines"
    loan_id = Column(ForeignKey("loans.id"), primary_key=True)
    cents = Column(Integer, CheckConstraint("cents > 0"), nullable=False)
    why = Column(String(LIMITS["long"]))


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    of_id = Column(Integer, ForeignKey("notes.id"))
    body = Column(Text, nullable=False)
    children = relationship("Note", remote_side=[id])


class NoKeyOfItsOwn(Base):
    __tablename__ = "pairs"
    left = Column(Integer, ForeignKey("authors.id"), primary_key=True)
    right = Column(Integer, ForeignKey("authors.id"), primary_key=True)


class Counter(Base):
    __tablename__ = "counters"
    name = Column(String(10), primary_key=True)
    value = Column(Integer, nullable=False, server_default="0")
    step = Column(Integer, server_default=text("1"), nullable=True)


class Spelled(Base):
    __tablename__ = "Spelled Out"
    Id = Column("the id", Integer, primary_key=True)
    Order = Column("order", Integer)
    Group = Column(String(5), name="group")
    typed_later = Column("later", type_=Integer)


Index("ix_author_name", Author.name)
Index("ix_author_lower", func.lower(Author.name))
Index("ix_book_title_author", Book.title, Book.author_id, unique=True)
