namespace UonOfferum.Simulators;

/// <summary>U-ON's responses other than a record.</summary>
internal static class UonAnswers
{
    public static Answer NoRoute { get; } = new(404, """{"error":{"message":"No route found"}}""");

    public static Answer TooManyRequests { get; } = new(429, """{"error":{"message":"Too many requests"}}""");

    public static Answer Denied(int status) =>
        new(status, status == 401 ? """{"error":{"message":"Unauthorized"}}""" : """{"error":{"message":"Access denied"}}""");

    /// <summary>The response to a write with a read-only key.</summary>
    public static Answer ReadOnly { get; } = new(403, """{"error":{"message":"Access denied"}}""");

    /// <summary>A write was accepted. The id is text, as the real one sends it.</summary>
    public static Answer Written(long id) => new(200, $$"""{"result":200,"id":"{{id}}"}""");

    public static Answer WrongParameter(string name) => new(404, $$"""{"result":404,"message":"Parameter {{name}} is wrong"}""");

    public static Answer Missing(string envelope, int status) => new(status, $$"""{"result":404,"{{envelope}}":[]}""");

    /// <param name="fault">The programmed fault.</param>
    /// <param name="sound">The regular response; evaluated only if it is needed, because that counts as a read of the record.</param>
    /// <param name="envelope">The envelope name of the requested route.</param>
    /// <param name="retryAfter">The value of Retry-After.</param>
    public static Answer Of(UonFault fault, Func<Answer> sound, string envelope, TimeSpan retryAfter) => fault switch
    {
        UonFault.ApiNotActive => new Answer(406, """{"error":{"message":"API is not active"}}"""),
        UonFault.Unauthorized => Denied(401),
        UonFault.Forbidden => Denied(403),
        UonFault.MissingWithStatus200 => Missing(envelope, 200),
        UonFault.MissingWithStatus404 => Missing(envelope, 404),
        UonFault.NoRoute => NoRoute,
        UonFault.WrongParameter => WrongParameter("id"),
        UonFault.TooManyRequests => TooManyRequests,
        UonFault.TooManyRequestsWithRetryAfter => TooManyRequests with { RetryAfter = Answer.Seconds(retryAfter) },
        UonFault.ServerError => new Answer(500, "500 Server error", "text/plain; charset=utf-8"),
        UonFault.BadGatewayPage => Answer.HtmlPage(502, "502 Bad Gateway"),
        UonFault.ServiceUnavailablePage => Answer.HtmlPage(503, "503 Service Temporarily Unavailable"),
        UonFault.Hang => Answer.Hang,
        UonFault.Reset => Answer.Reset,
        UonFault.EndInBody => sound() with { Ending = Ending.CutInBody },
        UonFault.HtmlPage => Answer.HtmlPage(200, "Вход в систему"),
        UonFault.CutJson => FirstHalf(sound()),
        UonFault.EmptyBody => new Answer(200, ""),
        UonFault.ErrorEnvelope => new Answer(200, """{"error":{"message":"Internal error"}}"""),
        UonFault.ResultEnvelope => new Answer(200, """{"result":500,"message":"Internal error"}"""),
        UonFault.WrongContentType => sound() with { ContentType = Answer.Html },
        UonFault.Redirect => Answer.HtmlPage(302, "302 Found") with { Location = "/login" },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
    };

    private static Answer FirstHalf(Answer answer) => answer with { Body = answer.Body[..(answer.Body.Length / 2)] };
}
