-- Alerts of one model by firmware and code in some months.
SELECT fw_id, alert_code, CAST(sum(n) AS BIGINT) AS n, CAST(sum(weight) AS BIGINT) AS weight
FROM cube_d WHERE month BETWEEN :first AND :last AND model_id = :model_id
GROUP BY fw_id, alert_code
ORDER BY n DESC, fw_id, alert_code
