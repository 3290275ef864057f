-- Changes of firmware of electricity meters in some months, with the hub of their home.
SELECT hub_key, from_at, model_id, fw_id FROM devices
WHERE step > 1 AND device_type = :device_type AND from_at >= :from_at AND from_at < :to_at
ORDER BY hub_key, from_at
