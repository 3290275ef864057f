-- The messages that a throttling policy could hold back: of devices with more of a code in the month than it allows.
-- The others go on whatever the policy, and are counted by code from the roll-up.
WITH frequent AS (
    SELECT device_key, alert_code FROM alerts
    WHERE month = :month AND device_key > 0 AND (:code = -1 OR alert_code = :code)
    GROUP BY device_key, alert_code HAVING count(*) > :threshold
)
SELECT a.device_key, a.alert_code, a.received, a.weight
FROM alerts a JOIN frequent f ON f.device_key = a.device_key AND f.alert_code = a.alert_code
WHERE a.month = :month
ORDER BY a.device_key, a.alert_code, a.received
