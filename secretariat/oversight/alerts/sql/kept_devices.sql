-- The control group: devices of the model that kept their firmware, as many days before an instant and after it.
WITH kept AS (
    SELECT device_key, installed_at, removed_at FROM devices
    WHERE model_id = :model_id AND from_at < :middle - :reach AND to_at >= :middle + :reach
)
SELECT k.device_key,
    CAST(coalesce(sum(CASE WHEN a.received < :middle THEN 1 ELSE 0 END), 0) AS BIGINT) AS earlier,
    CAST(coalesce(sum(CASE WHEN a.received >= :middle THEN 1 ELSE 0 END), 0) AS BIGINT) AS later,
    least(:reach, :middle - :data_from) AS watched_before,
    least(:reach, :data_to - :middle) AS watched_after
FROM kept k
LEFT JOIN alerts a ON a.device_key = k.device_key
    AND a.received >= :middle - :reach AND a.received < :middle + :reach
    AND (:code = -1 OR a.alert_code = :code)
GROUP BY k.device_key
ORDER BY k.device_key
