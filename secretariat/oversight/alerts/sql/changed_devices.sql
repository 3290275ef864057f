-- Devices that changed to a firmware: the alerts of each in so many days before its own change and after it.
-- Devices without any alert are there with nought; days that the data do not cover are not counted as watched.
WITH changed AS (
    SELECT device_key, from_at, installed_at, removed_at FROM devices
    WHERE step > 1 AND fw_id = :fw_id AND from_at >= :from_at AND from_at < :to_at
)
SELECT c.device_key,
    CAST(coalesce(sum(CASE WHEN a.received < c.from_at THEN 1 ELSE 0 END), 0) AS BIGINT) AS earlier,
    CAST(coalesce(sum(CASE WHEN a.received >= c.from_at THEN 1 ELSE 0 END), 0) AS BIGINT) AS later,
    least(:reach, c.from_at - greatest(c.installed_at, :data_from)) AS watched_before,
    least(:reach, least(c.removed_at, :data_to) - c.from_at) AS watched_after
FROM changed c
LEFT JOIN alerts a ON a.device_key = c.device_key
    AND a.received >= c.from_at - :reach AND a.received < c.from_at + :reach
    AND (:code = -1 OR a.alert_code = :code)
GROUP BY c.device_key, c.from_at, c.installed_at, c.removed_at
ORDER BY c.device_key
