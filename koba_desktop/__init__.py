"""KoBa Desktop: a Jobcenter that stays reachable when its doors are closed."""
