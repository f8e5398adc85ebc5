using System.Text.Json;
using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Operations;
using UonOfferum.Tests.Unit.Shared.Configuration;
using UonOfferum.UonWebhookFunction.Uon;
using UonOfferum.UonWebhookFunction.WriteBack;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.WriteBack;

public sealed class WriteBackPlanTests
{
    private static readonly Pipeline Main = TestPipelines.One(
        ("Uon:WriteBack:delivered:Note", "Заказ {order_id}, {at}"), ("Uon:WriteBack:delivered:Field:12", "в работе"), ("Uon:WriteBack:delivered:Status", "5"),
        ("Uon:WriteBack:approved:Note", "Одобрен {payout} {currency}"), ("Uon:WriteBack:approved:Field:12", "{payout} {currency}"), ("Uon:WriteBack:approved:Status", "7"));

    private static readonly OutcomeReport Delivered = new(Outcomes.Delivered, Some.Now) { OrderId = "77" };
    private static readonly OutcomeReport Approved = new(Outcomes.Approved, Some.Now) { OrderId = "77", Payout = "900", Currency = "RUB" };

    [Fact]
    public void What_people_wrote_stays_and_ours_follows_with_a_mark()
    {
        var form = Plan(Delivered).Missing(Record("""{"notes":"Позвонить вечером\n","status_id":1}"""));

        var note = Assert.Single(form, f => f.Key == "note").Value;
        Assert.StartsWith("Позвонить вечером\nЗаказ 77, ", note, StringComparison.Ordinal);
        Assert.EndsWith($" [{Operation.Id} delivered]", note, StringComparison.Ordinal);
        Assert.Contains(new KeyValuePair<string, string>("extended_fields[12]", "в работе"), form);
        Assert.Contains(new KeyValuePair<string, string>("lead_status_id", "5"), form);
        Assert.DoesNotContain(form, f => f.Key == "status_id");
    }

    [Fact]
    public void A_request_has_a_status_field_of_its_own()
    {
        var request = Operation with { Id = Operation.Id with { Kind = RecordKind.Request } };
        var form = WriteBackPlan.Of(Settings, request, [Delivered], TimeZoneInfo.Utc).Missing(Record("{}"));

        Assert.Contains(form, f => f.Key == "request_status_id");
    }

    [Fact]
    public void A_second_try_adds_nothing_that_is_there()
    {
        var plan = Plan(Delivered);
        var note = plan.Missing(Record("{}")).Single(f => f.Key == "note").Value;
        var record = Record(JsonSerializer.Serialize(new { notes = note, status_id = "5", extended_fields = new[] { new { id = "12", value = "в работе" } } }));

        Assert.Empty(plan.Missing(record));
        Assert.Null(plan.Refused(record));
    }

    [Fact]
    public void Several_outcomes_leave_all_their_notes_and_the_latest_values()
    {
        var form = Plan(Delivered, Approved).Missing(Record("{}"));

        Assert.Equal(2, form.Single(f => f.Key == "note").Value.Split('\n').Length);
        Assert.Equal("900 RUB", form.Single(f => f.Key == "extended_fields[12]").Value);
        Assert.Equal("7", form.Single(f => f.Key == "lead_status_id").Value);
    }

    [Theory]
    [InlineData("""{"notes":""}""", "the note is missing")]
    [InlineData("""{"notes":"?????? 900 RUB [main/lead/48213 approved]"}""", "some characters of the note differ")]
    [InlineData("""{"notes":"Одобрен 900 RUB [main/lead/48213 approved]","status_id":7}""", "custom field 12")]
    [InlineData("""{"notes":"Одобрен 900&nbsp;RUB [main/lead/48213 approved]","extended_fields":[{"id":12,"value":"900 RUB"}],"status_id":1}""", "status 7")]
    public void What_U_ON_did_not_take_is_named(string record, string expected) =>
        Assert.Contains(expected, Plan(Approved).Refused(Record(record)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Uon:WriteBack:approvd:Note", "x", "approvd")]
    [InlineData("Uon:WriteBack:approved:Note", "{pyout}", "Did you mean 'payout'?")]
    [InlineData("Uon:WriteBack:approved:Field:colour", "x", "is not the number of a custom field")]
    [InlineData("Uon:WriteBack:approved:Notes", "x", "is not a setting")]
    public void A_setting_that_cannot_be_used_is_named_with_the_remedy(string key, string value, string expected) =>
        Assert.Contains(TestPipelines.Errors((key, value)), error => error.Contains(expected, StringComparison.Ordinal));

    private static Operation Operation => Some.Operation(Some.Delivery(DeliveryState.Delivered, "offerum"));

    private static WriteBackSettings Settings => Main.Get<UonSettings>().WriteBack;

    private static WriteBackPlan Plan(params OutcomeReport[] reports) => WriteBackPlan.Of(Settings, Operation, reports, TimeZoneInfo.Utc);

    private static JsonElement Record(string json) => JsonDocument.Parse(json).RootElement;
}
