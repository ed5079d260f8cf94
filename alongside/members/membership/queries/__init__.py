"""What is asked: `answers` (counts, list, story), `schools` (choosing, chasing, letters), `texts` (the roll too), `needs`."""
