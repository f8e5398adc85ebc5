using UonOfferum.UonWebhookFunction.Webhook;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Webhook;

public sealed class UonWebhookTests
{
    [Fact]
    public void Reads_what_U_ON_sends()
    {
        var webhook = From(
            ("type_id", "34"), ("uon_id", "67054"), ("is_lead", "0"), ("request[r_id]", "48213"), ("client[u_name]", " Анна "),
            ("client[u_surname]", "0"), ("client[u_phone]", ""), ("client[u_phone_mobile]", " 79000000001"), ("client[u_note]", "note"));

        Assert.Equal(34, webhook.EventType);
        Assert.Equal("67054", webhook.CabinetId);
        Assert.False(webhook.IsLead);
        Assert.Equal(48213, webhook.RecordId);
        Assert.Null(webhook.IdProblem);
        Assert.Equal(new Dictionary<string, string> { ["u_name"] = "Анна", ["u_phone_mobile"] = "79000000001" }, webhook.Client);
    }

    [Fact]
    public void An_empty_webhook_says_nothing()
    {
        var webhook = From();

        Assert.Null(webhook.EventType);
        Assert.Null(webhook.CabinetId);
        Assert.Null(webhook.IsLead);
        Assert.Null(webhook.RecordId);
        Assert.Contains("has no record number", webhook.IdProblem, StringComparison.Ordinal);
        Assert.Empty(webhook.Client);
    }

    [Theory]
    [InlineData("48213", 48213L)]
    [InlineData("0048213", 48213L)]
    [InlineData(" 48213 ", 48213L)]
    [InlineData("999999999999999999", 999_999_999_999_999_999L)]
    [InlineData("0", null)]
    [InlineData("000", null)]
    [InlineData("1000000000000000000", null)]
    [InlineData("-5", null)]
    [InlineData("+5", null)]
    [InlineData("5.0", null)]
    [InlineData("5e3", null)]
    [InlineData("٥", null)]
    [InlineData("abc", null)]
    [InlineData("../1", null)]
    public void A_record_number_is_1_to_18_digits_and_not_0(string text, long? expected) => Assert.Equal(expected, From(("r_id", text)).RecordId);

    [Fact]
    public void The_names_of_the_number_are_asked_in_order()
    {
        string[] names = ["r_id", "request_id", "request[r_id]", "lead_id", "l_id"];
        for (var first = 0; first < names.Length; first++)
        {
            var fields = names.Select((name, i) => (name, i < first ? "0" : $"{i + 1}")).ToArray();

            Assert.Equal(first + 1, From(fields).RecordId);
        }
    }

    [Fact]
    public void The_problem_names_the_field_and_not_what_it_holds()
    {
        var problem = From(("request_id", "+79000000001")).IdProblem;

        Assert.StartsWith("request_id is not a record's number", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("7900", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("lead", null)]
    [InlineData("99999999999", null)]
    [InlineData("-1", null)]
    public void An_event_type_is_a_number(string text, int? expected) => Assert.Equal(expected, From(("type_id", text)).EventType);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("", null)]
    [InlineData("maybe", null)]
    public void Is_lead_may_be_0(string text, bool? expected) => Assert.Equal(expected, From(("is_lead", text)).IsLead);

    [Fact]
    public void The_clients_values_are_cut() =>
        Assert.Equal(200, From(("client[u_name]", new string('я', 5000))).Client["u_name"].Length);

    private static UonWebhook From(params (string Name, string Value)[] fields) =>
        UonWebhook.From(fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.OrdinalIgnoreCase));
}
