-- Spurious alerts: firmware that sends a code far more often than the other firmware of its type of device does.
-- Firmware of a type counts with nought where it is silent; the median and its absolute deviation are of the type and code.
WITH counted AS (
    SELECT model_id, fw_id, alert_code, CAST(sum(n) AS BIGINT) AS n FROM cube_d WHERE month = :month
    GROUP BY model_id, fw_id, alert_code
),
estate AS (
    SELECT device_type, model_id, fw_id, CAST(sum(installed) AS BIGINT) AS installed
    FROM installed WHERE month = :month
    GROUP BY device_type, model_id, fw_id
    HAVING sum(installed) >= :least_installed
),
codes AS (
    SELECT DISTINCT e.device_type, c.alert_code
    FROM counted c JOIN estate e ON e.model_id = c.model_id AND e.fw_id = c.fw_id
),
rates AS (
    SELECT e.device_type, e.model_id, e.fw_id, k.alert_code, e.installed,
        coalesce(c.n, 0) AS n, 1e0 * coalesce(c.n, 0) / e.installed AS rate
    FROM estate e
    JOIN codes k ON k.device_type = e.device_type
    LEFT JOIN counted c ON c.model_id = e.model_id AND c.fw_id = e.fw_id AND c.alert_code = k.alert_code
),
middles AS (SELECT device_type, alert_code, median(rate) AS middle FROM rates GROUP BY device_type, alert_code),
spreads AS (
    SELECT r.device_type, r.alert_code, m.middle, median(abs(r.rate - m.middle)) AS spread
    FROM rates r JOIN middles m ON m.device_type = r.device_type AND m.alert_code = r.alert_code
    GROUP BY r.device_type, r.alert_code, m.middle
)
SELECT r.device_type, r.model_id, r.fw_id, r.alert_code, r.n, r.installed, r.rate, s.middle, s.spread
FROM rates r JOIN spreads s ON s.device_type = r.device_type AND s.alert_code = r.alert_code
WHERE r.n >= :least AND r.rate > s.middle + :spreads * s.spread AND r.rate > :times * s.middle
ORDER BY r.n DESC, r.model_id, r.fw_id, r.alert_code
