using UonOfferum.Simulators;

namespace UonOfferum.Testing.Faults;

/// <summary>The final state that each cell must have, told by hand from the rules. A fault that nobody has thought of is an error.</summary>
public static class FaultExpectations
{
    private const string Delivered = "Delivered";
    private const string Duplicate = "Duplicate";
    private const string Rejected = "Rejected `offerum-rejected`";
    private const string Unconfirmed = "Unconfirmed `offerum-unconfirmed`";
    private const string Uncertain = "Uncertain `uncertain`";
    private const string Unavailable = "Failed `offerum-unavailable`";
    private const string Denied = "Held `offerum-denied`";
    private const string UonUnavailable = "Failed `uon-unavailable`";
    private const string UonUnreadable = "Failed `uon-unreadable`";
    private const string NotWritten = "Failed `uon-write-unavailable`";
    private const string WriteThrottled = "Waiting `uon-write-unavailable`";
    private const string WriteRejected = "Rejected `uon-write-rejected`";
    private const string WriteDenied = "Held `uon-write-denied`";

    /// <summary>Every cell there is.</summary>
    public static IEnumerable<FaultCell> Cells =>
        from stage in Enum.GetValues<FaultStage>()
        from fault in Faults(stage)
        from span in Enum.GetValues<FaultSpan>()
        select new FaultCell(stage, fault, span);

    /// <exception cref="ArgumentOutOfRangeException">Nobody has said what must become of this one.</exception>
    public static string Of(FaultCell cell)
    {
        var (once, forAWhile, forEver) = cell.Stage switch
        {
            FaultStage.Uon => Of(Enum.Parse<UonFault>(cell.Fault)),
            FaultStage.UonWrite => OfWrite(Enum.Parse<UonFault>(cell.Fault)),
            _ => Of(Enum.Parse<OfferumReplyKind>(cell.Fault), cell.Stage == FaultStage.OfferumHold),
        };
        return cell.Span switch
        {
            FaultSpan.Once => once,
            FaultSpan.ForAWhile => forAWhile,
            FaultSpan.ForEver => forEver,
            _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.Span, "Not a span."),
        };
    }

    /// <summary>Under hold only what leaves the order's fate open can end otherwise.</summary>
    private static IEnumerable<string> Faults(FaultStage stage) => stage switch
    {
        FaultStage.Uon or FaultStage.UonWrite => Enum.GetNames<UonFault>(),
        FaultStage.OfferumResend => Enum.GetNames<OfferumReplyKind>(),
        FaultStage.OfferumHold => Enum.GetValues<OfferumReplyKind>().Where(LeavesDoubt).Select(kind => kind.ToString()),
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage."),
    };

    private static (string Once, string ForAWhile, string ForEver) Of(UonFault fault) => fault switch
    {
        UonFault.ApiNotActive => (Delivered, Delivered, "Held `uon-inactive`"),
        UonFault.Unauthorized or UonFault.Forbidden => (Delivered, Delivered, "Held `uon-denied`"),
        UonFault.MissingWithStatus200 or UonFault.MissingWithStatus404 => (Delivered, Delivered, "Failed `record-not-found`"),
        UonFault.NoRoute or UonFault.WrongParameter => Always(UonUnreadable),
        UonFault.TooManyRequests or UonFault.TooManyRequestsWithRetryAfter => (Delivered, Delivered, "Waiting `uon-unavailable`"),
        UonFault.ServerError or UonFault.BadGatewayPage or UonFault.ServiceUnavailablePage or UonFault.Hang or UonFault.Reset
            or UonFault.EndInBody or UonFault.HtmlPage or UonFault.CutJson or UonFault.EmptyBody or UonFault.ErrorEnvelope
            or UonFault.ResultEnvelope or UonFault.Redirect => (Delivered, Delivered, UonUnavailable),
        UonFault.WrongContentType => Always(Delivered),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Say what must become of it."),
    };

    private static (string Once, string ForAWhile, string ForEver) OfWrite(UonFault fault) => fault switch
    {
        UonFault.ApiNotActive or UonFault.Unauthorized or UonFault.Forbidden => (Delivered, Delivered, WriteDenied),
        UonFault.MissingWithStatus200 or UonFault.MissingWithStatus404 or UonFault.NoRoute or UonFault.WrongParameter => Always(WriteRejected),

        // The write was taken, and the answer lost: the look before the next try finds it.
        UonFault.EndInBody or UonFault.CutJson or UonFault.WrongContentType => Always(Delivered),
        UonFault.TooManyRequests or UonFault.TooManyRequestsWithRetryAfter => (Delivered, Delivered, WriteThrottled),
        UonFault.ServerError or UonFault.BadGatewayPage or UonFault.ServiceUnavailablePage or UonFault.Hang or UonFault.Reset or UonFault.HtmlPage or UonFault.EmptyBody
            or UonFault.ErrorEnvelope or UonFault.ResultEnvelope or UonFault.Redirect => (Delivered, Delivered, NotWritten),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Say what must become of it."),
    };

    private static (string Once, string ForAWhile, string ForEver) Of(OfferumReplyKind reply, bool hold) => reply switch
    {
        OfferumReplyKind.OkDuplicate4 or OfferumReplyKind.OkDuplicate5 or OfferumReplyKind.DuplicateError
            or OfferumReplyKind.DuplicateErrorInRussian => Always(Duplicate),
        >= OfferumReplyKind.Ok and <= OfferumReplyKind.OkAtDataIdAsText => Always(Delivered),
        OfferumReplyKind.RefusedAtError or OfferumReplyKind.RefusedAtErrors or OfferumReplyKind.RefusedAtMessage or OfferumReplyKind.PhoneError
            or OfferumReplyKind.NameError or OfferumReplyKind.ValidationError or OfferumReplyKind.UnknownError or OfferumReplyKind.BadRequest
            or OfferumReplyKind.Unprocessable => Always(Rejected),
        OfferumReplyKind.WrongFlow or OfferumReplyKind.WrongKey or OfferumReplyKind.Unauthorized or OfferumReplyKind.Forbidden
            or OfferumReplyKind.MethodNotAllowed or OfferumReplyKind.UnsupportedMediaType => (Delivered, Delivered, Denied),
        OfferumReplyKind.TooManyRequests or OfferumReplyKind.TooManyRequestsRetryAfterSeconds or OfferumReplyKind.TooManyRequestsRetryAfterDate
            => (Delivered, Delivered, Unavailable),
        OfferumReplyKind.HtmlPage or OfferumReplyKind.EmptyBody or OfferumReplyKind.UnknownJson => Always(Unconfirmed),
        _ when LeavesDoubt(reply) && hold => Always(Uncertain),
        _ when IsSilent(reply) => (Delivered, Uncertain, Uncertain),

        // Each may hide an order that was taken. Where it was, the repeated order meets the network's duplicate filter, which proves it.
        _ when LeavesDoubt(reply) => (Delivered, Delivered, Uncertain),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply, "Say what must become of it."),
    };

    /// <summary>The order went out, and no answer came.</summary>
    private static bool IsSilent(OfferumReplyKind reply) => reply is OfferumReplyKind.HangBeforeReading or OfferumReplyKind.ResetBeforeReading
        or OfferumReplyKind.TakenThenHang or OfferumReplyKind.TakenThenReset;

    /// <summary>The order's body went out, and what came back does not prove that nothing was taken.</summary>
    private static bool LeavesDoubt(OfferumReplyKind reply) => IsSilent(reply) || reply is OfferumReplyKind.RequestTimeout or OfferumReplyKind.ServerError
        or OfferumReplyKind.BadGateway or OfferumReplyKind.ServiceUnavailable or OfferumReplyKind.ServiceUnavailableRetryAfter
        or OfferumReplyKind.TakenThenServerError;

    private static (string Once, string ForAWhile, string ForEver) Always(string state) => (state, state, state);
}
