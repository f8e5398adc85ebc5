using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class MaskTests
{
    [Theory]
    [InlineData("+79001234567", "+7*******67")]
    [InlineData(" +375 (29) 123-45-67", "+3*******67")]
    [InlineData("89001234567", "8*******67")]
    [InlineData("1234567", "1*******67")]
    [InlineData("123456", "***")]
    [InlineData("нет", "***")]
    [InlineData("", "***")]
    public void Of_a_phone_the_first_and_the_last_two_digits_are_left(string phone, string expected) => Assert.Equal(expected, Mask.Phone(phone));

    [Theory]
    [InlineData("ivan@mail.ru", "i***@mail.ru")]
    [InlineData("ivan@mail.ru, 89001234567", "i***@mail.ru")]
    [InlineData("i@mail.ru", "i***@mail.ru")]
    [InlineData("@mail.ru", "***")]
    [InlineData("ivan@", "***")]
    [InlineData("89001234567", "***")]
    public void Of_an_email_the_first_letter_and_the_domain_are_left(string email, string expected) => Assert.Equal(expected, Mask.Email(email));

    [Theory]
    [InlineData("phone", "89001234567", "8*******67")]
    [InlineData("client_phone", "8900 123-45-67 Анна", "8*******67")]
    [InlineData("client_phone_mobile", "12-34-56", "***")]
    [InlineData("client_email", "ivan", "***")]
    [InlineData("notes", "звонить 8 (900) 123-45-67, писать ivan@mail.ru", "звонить 8*******67, писать i***@mail.ru")]
    [InlineData("notes", "8/900/123/45/67", "8*******67")]
    [InlineData("name", "89001234567", "8*******67")]
    [InlineData("name", "Анна", "Анна")]
    [InlineData("id", "48213", "48213")]
    [InlineData("id", "123456789012", "123456789012")]
    [InlineData("client_id", "12345678901", "12345678901")]
    [InlineData("client_id", "ivan@mail.ru", "i***@mail.ru")]
    [InlineData("id_system", "12345678901", "12345678901")]
    [InlineData("order_time", "1234567890", "1234567890")]
    [InlineData("dat", "2026-03-01 12:00", "2026-03-01 12:00")]
    [InlineData("dat", "2026-03-01 12:00:30", "2026-03-01 12:00:30")]
    [InlineData("calc_price", "1234567890.50", "1234567890.50")]
    [InlineData("calc_price", "1234567890,5", "1234567890,5")]
    public void A_field_is_masked_by_its_name_or_by_what_it_holds(string name, string value, string expected)
    {
        var fields = RecordFields.Empty.With([KeyValuePair.Create(name, value)]);

        Assert.Equal(expected, Mask.Fields(fields)[name]);
    }

    [Theory]
    [InlineData("phone 89000000001 is known", "phone 8*******01 is known")]
    [InlineData("phone +375 (29) 123-45-67 is known", "phone +3*******67 is known")]
    [InlineData("phone 7123456789 is known", "phone 7*******89 is known")]
    [InlineData("anna@example.com is known", "a***@example.com is known")]
    [InlineData("""{"order_id":1489733122,"uuid":5005005005}""", """{"order_id":1489733122,"uuid":5005005005}""")]
    public void A_reply_keeps_its_numbers_but_not_the_records_own_phones(string body, string expected) =>
        Assert.Equal(expected, Mask.Reply(body, Some.Fields(("phone", "+79000000001"), ("client_phone", "123456789"), ("id", "5005005005"))));
}
