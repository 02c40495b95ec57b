-- Cases are found by the four digits that are kept for their parcel.

create index track_subscriptions_phone_tail on track_subscriptions (phone_tail) where phone_tail is not null;
