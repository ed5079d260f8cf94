"""What pages and other parts ask: `answers` (counts, lists, curve), `schools` (choosing, chasing, letters), `texts`."""
