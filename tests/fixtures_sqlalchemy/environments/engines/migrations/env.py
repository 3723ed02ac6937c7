from alembic import context

for name, connection in context.config.attributes["connections"].items():
    context.configure(
        connection=connection,
        upgrade_token=f"{name}_upgrades",
        downgrade_token=f"{name}_downgrades",
        transactional_ddl=False,
    )
    context.run_migrations(engine_name=name)
