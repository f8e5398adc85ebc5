using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Enrichment;

public sealed class ClientFieldsTests
{
    private static readonly Dictionary<string, string> Card = new()
    {
        ["u_surname"] = "Тестова",
        ["u_name"] = "Анна",
        ["u_sname"] = "Ивановна",
        ["u_phone_mobile"] = "79000000001",
        ["u_phone"] = "74950000001",
        ["u_email"] = "anna@example.test",
        ["u_note"] = "not a field",
    };

    [Fact]
    public void A_record_without_its_client_takes_the_cards_values_as_its_own() =>
        Assert.Equal(
            [
                ("client_email", "anna@example.test"), ("client_name", "Анна"), ("client_phone", "74950000001"), ("client_phone_mobile", "79000000001"),
                ("client_sname", "Ивановна"), ("client_surname", "Тестова"), ("id", "48213"),
            ],
            ClientFields.Complete(Some.Fields(("id", "48213")), Card).Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));

    [Fact]
    public void What_the_record_says_stands()
    {
        var fields = ClientFields.Complete(Some.Fields(("client_name", "Вера"), ("client_phone", "74950000009")), Card);

        Assert.Equal(("Вера", "74950000009", "Тестова"), (fields["client_name"], fields["client_phone"], fields["client_surname"]));
    }

    [Fact]
    public void Without_a_card_nothing_changes()
    {
        var fields = Some.Fields(("id", "48213"));

        Assert.Same(fields, ClientFields.Complete(fields, null));
        Assert.Same(fields, ClientFields.Complete(fields, new Dictionary<string, string>()));
    }

    [Fact]
    public void The_mobile_phone_is_asked_first() => Assert.Equal(["u_phone_mobile", "u_phone"], ClientFields.Phones);
}
