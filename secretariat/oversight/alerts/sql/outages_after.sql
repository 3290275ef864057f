-- Outage alerts of hubs in whose home a meter changed firmware in the same months.
SELECT a.device_key AS hub_key, a.received
FROM alerts a
JOIN (
    SELECT DISTINCT hub_key FROM devices
    WHERE step > 1 AND device_type = :device_type AND from_at >= :from_at AND from_at < :to_at
) d ON d.hub_key = a.device_key
WHERE a.alert_code = :code AND a.month BETWEEN :first AND :last
ORDER BY a.device_key, a.received
