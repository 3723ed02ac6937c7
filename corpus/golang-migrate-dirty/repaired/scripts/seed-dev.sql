-- A few instruments to trade on a developer's machine. Run by `make seed` once the migrations are applied.

INSERT INTO instruments (symbol, name, exchange, asset_class) VALUES
    ('NRTH', 'Northwind Energy', 'XNYS', 'equity'),
    ('BLUE', 'Bluewater Logistics', 'XNAS', 'equity'),
    ('G10Y', 'Government Bond 10Y', 'XLON', 'bond')
ON CONFLICT (symbol) DO NOTHING;
