using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using UonOfferum.OperationsFunction.Actions;
using UonOfferum.OperationsFunction.Editor;
using UonOfferum.OperationsFunction.PipelineControl;

namespace UonOfferum.Tests.Unit.OperationsFunction.Editor;

public sealed class EditorBodyTests
{
    /// <summary>Texts that JSON parsers accept and cannot read.</summary>
    public static TheoryData<string> NotUnicode => [
        """{"kind":"\ud800","id":"1","note":"\ud800"}""",
        """{"kind":"lead","id":"\udc00","note":"\udc00"}""",
        "{\"kind\":\"\u00FF\",\"id\":\"1\",\"note\":\"\u00FF\"}",
        "{\"kind\":\"lead\",\"id\":\"\u00C3\",\"note\":\"\u00C3\"}",
    ];

    [Theory]
    [MemberData(nameof(NotUnicode))]
    [InlineData("""{"settings":{"Offerum":{"Flow":["\ud800"]}}}""")]
    [InlineData("""{"settings":{"\ud800":1}}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[]")]
    public async Task A_body_that_cannot_be_read_whole_is_refused(string body)
    {
        var (read, refusal) = await EditorBody.ReadAsync(Request(body), default);

        Assert.Null(read);
        Assert.Equal(400, Assert.IsType<JsonHttpResult<ProblemDetails>>(refusal).StatusCode);
    }

    [Theory]
    [MemberData(nameof(NotUnicode))]
    public async Task A_trial_and_an_action_refuse_it_as_well(string body)
    {
        Assert.Null(await DryRun.ReadAsync(Request(body), default));
        Assert.NotNull((await ActionBody.ReadAsync(Request(body), default)).Problem);
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters()
    {
        var (read, _) = await EditorBody.ReadAsync(Request($$"""{"note":"{{new string('x', 499)}}😀"}""", Encoding.UTF8), default);

        Assert.Equal(new string('x', 499), read!.Text("note"));
    }

    /// <summary>In Latin-1 each character is one byte, which need not be UTF-8.</summary>
    private static HttpRequest Request(string body, Encoding? encoding = null) =>
        new DefaultHttpContext { Request = { Body = new MemoryStream((encoding ?? Encoding.Latin1).GetBytes(body)) } }.Request;
}
