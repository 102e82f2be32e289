"""Run the steps on the connection `migrate` gives; the tables of the program are not looked at."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    # Only a draft of a new step compares with the program's tables; who asks for one passes them in.
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
