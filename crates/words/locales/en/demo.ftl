demo-title = See the demonstration as
demo-text = One click is enough. All people and companies are invented.
demo-mails = Messages that were never sent
demo-mails-text = The demonstration sends nothing. This is what people would have received.
