-- What remains when a set is removed: rows of model, firmware and code, where -1 stands for all.
WITH counted AS (
    SELECT month, region, model_id, fw_id, alert_code, count(*) AS n FROM alerts WHERE month BETWEEN :first AND :last
    GROUP BY month, region, model_id, fw_id, alert_code
),
kept AS (
    SELECT c.month, c.region, CAST(sum(c.n) AS BIGINT) AS n
    FROM counted c
    WHERE NOT EXISTS (
        SELECT 1 AS one FROM removed r
        WHERE r.model_id = c.model_id AND (r.fw_id = -1 OR r.fw_id = c.fw_id)
            AND (r.alert_code = -1 OR r.alert_code = c.alert_code)
    )
    GROUP BY c.month, c.region
),
whole AS (SELECT month, region, CAST(sum(n) AS BIGINT) AS n FROM counted GROUP BY month, region)
SELECT w.month, w.region, w.n, coalesce(k.n, 0) AS remains, 1e0 * (w.n - coalesce(k.n, 0)) / w.n AS share_removed
FROM whole w LEFT JOIN kept k ON k.month = w.month AND k.region = w.region
ORDER BY w.month, w.region
