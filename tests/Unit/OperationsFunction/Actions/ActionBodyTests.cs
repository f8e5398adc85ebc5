using System.Text;
using Microsoft.AspNetCore.Http;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.Shared.Fields;

namespace UonOfferum.Tests.Unit.OperationsFunction.Actions;

public sealed class ActionBodyTests
{
    [Theory]
    [InlineData("""{"from":"enrich","by":"Olga"}""", "ReplayEnrich { By = Olga }")]
    [InlineData("""{"from":"send"}""", "ReplaySend { By =  }")]
    [InlineData("""{"From":"send"}""", "ReplaySend { By =  }")]
    public async Task A_replay_says_from_where(string json, string expected) =>
        Assert.Equal(expected, (await BodyAsync(json)).Replay().Action?.ToString());

    [Theory]
    [InlineData("""{"as":"delivered","orderId":"5","note":"seen","by":"Olga"}""", "ResolveDelivered { By = Olga, OrderId = 5, Note = seen }")]
    [InlineData("""{"as":"discarded","note":"a test"}""", "Discard { By = , Note = a test }")]
    public async Task A_resolution_says_as_what(string json, string expected) =>
        Assert.Equal(expected, (await BodyAsync(json)).Resolve().Action?.ToString());

    [Theory]
    [InlineData("""{"from":"send"}""", null, null)]
    [InlineData("""{"from":"send","run":"01950000-0000-7000-8000-000000000002","mayHaveArrived":false}""", Some.Run, false)]
    public async Task An_action_may_say_what_the_operator_saw(string json, string? run, bool? mayHaveArrived) =>
        Assert.Equal(new ActionTarget(Seen: new SeenState(run, mayHaveArrived)), (await BodyAsync(json)).Target());

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var body = await BodyAsync("");

        Assert.StartsWith("from must be \"enrich\"", body.Replay().Problem, StringComparison.Ordinal);
        Assert.StartsWith("as must be \"delivered\"", body.Resolve().Problem, StringComparison.Ordinal);
        Assert.StartsWith("fields must have up to 10 corrected values", body.Edit(FieldDefaults.Names, "RU").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not a JSON object")]
    [InlineData("null", "JSON null")]
    [InlineData("""{"from":5}""", "not a JSON object")]
    public async Task A_body_of_another_form_is_refused(string json, string expected) =>
        Assert.Contains(expected, (await ReadAsync(json)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task Long_texts_are_refused()
    {
        Assert.Contains("64 KiB", (await ReadAsync(new string(' ', 64 * 1024 + 1))).Problem, StringComparison.Ordinal);
        Assert.Contains("500 characters", (await ReadAsync($$"""{"note":"{{new string('x', 501)}}"}""")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_is_read_as_people_write_it_and_brings_its_country()
    {
        var fields = await EditAsync("""{"fields":{"phone":"8 (900) 000-00-01","client_name":" Анна\u0000 "}}""");

        Assert.Equal(
            [("client_name", "Анна"), ("country", "RU"), ("phone", "+79000000001")],
            fields.Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_stars_of_a_hotel_are_text() =>
        Assert.Equal([KeyValuePair.Create("client_name", "Hotel *****, 4***")], await EditAsync("""{"fields":{"client_name":"Hotel *****, 4***"}}"""));

    [Fact]
    public async Task An_empty_text_empties_a_field() =>
        Assert.Equal([KeyValuePair.Create("client_name", "")], await EditAsync("""{"fields":{"client_name":" "}}"""));

    [Theory]
    [InlineData("""{"fields":{}}""", "fields must have up to 10 corrected values")]
    [InlineData("""{"fields":{"phone":"12345"}}""", "phone is not a phone number.")]
    [InlineData("""{"fields":{"phone":""}}""", "phone is not a phone number.")]
    [InlineData("""{"fields":{"phnoe":"+79000000001"}}""", "There is no field 'phnoe'. Did you mean 'phone'?")]
    [InlineData("""{"fields":{"original_phone":"+79000000001"}}""", "There is no field 'original_phone'.")]
    [InlineData("""{"fields":{"client_name":null}}""", "The field 'client_name' must be text")]
    [InlineData("""{"fields":{"client_name":"Анна, +7*******67"}}""", "The field 'client_name' has a hidden phone or address")]
    [InlineData("""{"fields":{"client_name":"a***@mail.ru"}}""", "The field 'client_name' has a hidden phone or address")]
    [InlineData("""{"fields":{"phone":"+7*******67"}}""", "The field 'phone' has a hidden phone or address")]
    public async Task A_correction_that_cannot_be_used_is_explained_and_not_repeated(string json, string expected)
    {
        var problem = (await BodyAsync(json)).Edit(FieldDefaults.Names, "RU").Problem;

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("+7900000", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_has_at_most_1000_characters() =>
        Assert.Contains(
            "at most 1000 characters",
            (await BodyAsync($$$"""{"fields":{"client_name":"{{{new string('x', 1001)}}}"}}""")).Edit(FieldDefaults.Names, "RU").Problem,
            StringComparison.Ordinal);

    private static async Task<RecordFields> EditAsync(string json) =>
        Assert.IsType<OperatorAction.Edit>((await BodyAsync(json)).Edit(FieldDefaults.Names, "RU").Action).Fields;

    private static async Task<ActionBody> BodyAsync(string json)
    {
        var (body, problem) = await ReadAsync(json);
        Assert.Null(problem);
        return body!;
    }

    private static Task<(ActionBody? Body, string? Problem)> ReadAsync(string json) =>
        ActionBody.ReadAsync(new DefaultHttpContext { Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(json)) } }.Request, CancellationToken.None);
}
