-- The devices with most alerts.
SELECT device_key, count(*) AS n FROM alerts
WHERE month BETWEEN :first AND :last AND device_key > 0
GROUP BY device_key
ORDER BY n DESC, device_key
LIMIT :top
