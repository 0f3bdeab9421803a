//! The few words that tables are written in, so that a table reads as a table and its rules cannot be forgotten.

use sea_orm_migration::prelude::*;
pub(crate) use sea_orm_migration::schema::{boolean as bool, text, text_null, uuid, uuid_null};

/// A table with everything that belongs to it.
pub(crate) struct NewTable {
    name: &'static str,
    create: TableCreateStatement,
    primary_key: Vec<String>,
    foreign_keys: Vec<String>,
    indexes: Vec<Index>,
}

struct Index {
    columns: Vec<&'static str>,
    unique: bool,
}

pub(crate) fn table(name: &'static str) -> NewTable {
    NewTable {
        name,
        create: Table::create().table(name).take(),
        primary_key: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
    }
}

impl NewTable {
    pub(crate) fn col(mut self, column: ColumnDef) -> Self {
        if column.get_column_spec().primary_key {
            self.primary_key.push(column.get_column_name());
        }
        self.create.col(column);
        self
    }

    /// A reference that protects the row it points to.
    pub(crate) fn refers_to(self, column: ColumnDef, other: &'static str) -> Self {
        self.reference(column, other, ForeignKeyAction::Restrict)
    }

    /// A reference to the row without which this one means nothing: both go together.
    pub(crate) fn owned_by(self, column: ColumnDef, other: &'static str) -> Self {
        self.reference(column, other, ForeignKeyAction::Cascade)
    }

    fn reference(mut self, column: ColumnDef, other: &'static str, on_delete: ForeignKeyAction) -> Self {
        let name = column.get_column_name();
        self.create.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{}_{name}", self.name))
                .from(self.name, name.clone())
                .to(other, "id")
                .on_delete(on_delete),
        );
        self.foreign_keys.push(name);
        self.col(column)
    }

    /// A primary key of several columns.
    pub(crate) fn key<const N: usize>(mut self, columns: [&'static str; N]) -> Self {
        let mut key = sea_query::Index::create();
        for column in columns {
            key.col(column);
            self.primary_key.push(column.to_owned());
        }
        self.create.primary_key(&mut key);
        self
    }

    pub(crate) fn index<const N: usize>(mut self, columns: [&'static str; N]) -> Self {
        self.indexes.push(Index { columns: columns.to_vec(), unique: false });
        self
    }

    /// A unique index. Rows with a null in one of its columns never collide, on both databases.
    pub(crate) fn unique<const N: usize>(mut self, columns: [&'static str; N]) -> Self {
        self.indexes.push(Index { columns: columns.to_vec(), unique: true });
        self
    }

    pub(crate) fn check(mut self, rule: Expr) -> Self {
        self.create.check(rule);
        self
    }

    /// The indexes that were asked for, and one for each foreign key that none of them begins with: neither database
    /// makes these by itself, and without them each deletion in the other table reads this one from end to end.
    fn index_statements(&self) -> Vec<IndexCreateStatement> {
        let mut statements: Vec<_> =
            self.indexes.iter().map(|index| self.index_statement(&index.columns, index.unique)).collect();
        for foreign_key in &self.foreign_keys {
            let indexed = self.primary_key.first() == Some(foreign_key)
                || self.indexes.iter().any(|index| index.columns.first() == Some(&foreign_key.as_str()));
            if !indexed {
                statements.push(self.index_statement(&[foreign_key.as_str()], false));
            }
        }
        statements
    }

    fn index_statement(&self, columns: &[&str], unique: bool) -> IndexCreateStatement {
        let mut statement = sea_query::Index::create();
        statement.table(self.name).name(format!("idx_{}_{}", self.name, columns.join("_")));
        for column in columns {
            statement.col((*column).to_owned());
        }
        if unique {
            statement.unique();
        }
        statement
    }
}

/// Makes tables in the given order, each with its indexes.
pub(crate) async fn create_all(manager: &SchemaManager<'_>, tables: Vec<NewTable>) -> Result<(), DbErr> {
    for table in tables {
        let indexes = table.index_statements();
        manager.create_table(table.create).await?;
        for index in indexes {
            manager.create_index(index).await?;
        }
    }
    Ok(())
}

/// Drops tables in the reverse order, so that nothing refers to a table that is gone.
pub(crate) async fn drop_all(manager: &SchemaManager<'_>, tables: Vec<NewTable>) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager.drop_table(Table::drop().table(table.name).take()).await?;
    }
    Ok(())
}

/// The primary key of most tables.
pub(crate) fn id() -> ColumnDef {
    uuid_key("id")
}

/// A primary key that is another row's id: at most one row for each.
pub(crate) fn uuid_key(name: &'static str) -> ColumnDef {
    uuid(name).primary_key().take()
}

/// A primary key that means something by itself: a code, a domain, a hash.
pub(crate) fn text_key(name: &'static str) -> ColumnDef {
    text(name).primary_key().take()
}

/// A small number: a count, a position, days.
pub(crate) fn int(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

pub(crate) fn int_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().null().take()
}

/// Money in minor units, or an amount in whole units.
pub(crate) fn amount(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// How often something happened: a projection, kept where counting the rows themselves would be slow.
pub(crate) fn count(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().default(0).take()
}

pub(crate) fn amount_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// Microseconds since 1970 in UTC.
pub(crate) fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

pub(crate) fn time_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// How often people have edited this row.
pub(crate) fn version() -> ColumnDef {
    int("version").default(0).take()
}
