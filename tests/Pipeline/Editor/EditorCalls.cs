using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace UonOfferum.Tests.Pipeline.Editor;

/// <summary>Requests to the editor's services, without a host.</summary>
internal static class EditorCalls
{
    public static JsonObject Settings => new()
    {
        ["Uon"] = new JsonObject { ["ApiKey"] = "an-invented-key-of-u-on" },
        ["Offerum"] = new JsonObject { ["ApiKey"] = "an-invented-key-of-offerum", ["Flow"] = "flow-1" },
    };

    public static HttpRequest Request(string body = "{}")
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfMatch = "*";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }

    public static int StatusOf(IResult answer) => ((IStatusCodeHttpResult)answer).StatusCode ?? StatusCodes.Status200OK;
}
