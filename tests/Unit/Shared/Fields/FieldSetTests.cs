using System.Text.Json;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.Shared.Fields;

public sealed class FieldSetTests
{
    [Fact]
    public void The_defaults_are_the_documents_16_the_clients_and_the_orders() =>
        Assert.Equal(
            [
                "id", "dat_lead", "dat", "dat_close", "status_id", "status", "office_id", "office_name", "travel_type_id", "travel_type",
                "manager_id", "manager_surname", "manager_sname", "manager_name", "source_id", "source",
                "client_id", "client_surname", "client_name", "client_sname", "client_phone", "client_phone_mobile", "client_email",
                "phone", "name",
            ],
            Parse([]).Names);

    [Theory]
    [InlineData("lead")]
    [InlineData("request")]
    public void The_defaults_read_leads_and_requests_alike(string envelope)
    {
        var fields = Parse([]).Read(Json($$"""
            {"result":200,"{{envelope}}":[{"id":48213,"dat":"2026-03-01 12:00","date_close":"2026-03-09","status":"Новый","office_name":null,
            "client_surname":"Тестова","client_name":"","client_phone":"8 900 000-00-01","client_phone_mobile":null}]}
            """));

        Assert.Equal("48213", fields["id"]);
        Assert.Equal("2026-03-09", fields["dat_close"]);
        Assert.Equal("8 900 000-00-01", fields["phone"]);
        Assert.Equal("Тестова", fields["name"]);
        Assert.Null(fields["client_name"]);
        Assert.Null(fields["office_name"]);
        Assert.Equal(8, fields.Count);
    }

    [Fact]
    public void Settings_change_add_and_remove_fields()
    {
        var set = Parse(new() { ["name"] = """["record"][0]["tourist"]""", ["utm"] = """["record"][0]["utm_source"]""", ["source"] = " " });

        var fields = set.Read(Json("""{"lead":[{"tourist":"Анна","utm_source":"vk","source":"сайт","client_name":"Ольга"}]}"""));

        Assert.Equal("Анна", fields["name"]);
        Assert.Equal("vk", fields["utm"]);
        Assert.Null(fields["source"]);
        Assert.DoesNotContain("source", set.Names);
    }

    [Fact]
    public void Every_unusable_definition_is_reported_by_name()
    {
        var errors = new List<string>();

        var set = FieldSet.Parse(
            new Dictionary<string, string> { ["phone"] = "request.phone", ["имя"] = """["record"]["x"]""", ["good"] = """["record"]["x"]""" },
            PipelineTimeZone.Fallback,
            (name, problem) => errors.Add($"{name}: {problem}"));

        Assert.Equal(2, errors.Count);
        Assert.Contains(errors, e => e.StartsWith("phone: 'request.phone'", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.StartsWith("имя: is not a field name", StringComparison.Ordinal));
        Assert.Contains("phone", set.Names);
    }

    [Fact]
    public void Candidates_are_all_the_values_in_order()
    {
        var set = Parse([]);

        Assert.Equal(["нет", "+79000000001"], set.Candidates("phone", Json("""{"lead":[{"client_phone_mobile":"нет","client_phone":"+79000000001"}]}""")));
        Assert.Empty(set.Candidates("phone", Json("""{"lead":[{}]}""")));
        Assert.Empty(set.Candidates("unknown", Json("""{"lead":[{}]}""")));
    }

    [Fact]
    public void What_has_no_room_is_dropped_and_the_defaults_come_first()
    {
        var long40 = Enumerable.Range(0, 40).ToDictionary(i => $"x{i:00}", i => $"""["record"][0]["x{i:00}"]""");
        var values = string.Join(',', long40.Keys.Select(k => $"\"{k}\":\"{new string('я', 1000)}\""));

        var fields = Parse(long40).Read(Json($$"""{"lead":[{{{values}},"id":5,"client_phone":"+79000000001"}]}"""));

        Assert.Equal("5", fields["id"]);
        Assert.Equal("+79000000001", fields["phone"]);
        Assert.NotNull(fields["x18"]);
        Assert.Null(fields["x19"]);
        Assert.True(fields.Sum(f => f.Value.Length) <= FieldSet.MaxTotalLength);
    }

    private static FieldSet Parse(Dictionary<string, string> definitions) =>
        FieldSet.Parse(definitions, PipelineTimeZone.Fallback, (name, problem) => Assert.Fail($"{name}: {problem}"));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
