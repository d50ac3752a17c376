"""The backend generator: FastAPI, SQLAlchemy, Pydantic and Alembic."""
