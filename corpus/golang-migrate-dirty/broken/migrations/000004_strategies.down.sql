DROP TABLE IF EXISTS strategy_runs;
DROP TABLE IF EXISTS strategies;
DROP TYPE IF EXISTS strategy_state;
