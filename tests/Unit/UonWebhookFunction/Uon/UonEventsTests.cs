using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Uon;

namespace UonOfferum.Tests.Unit.UonWebhookFunction.Uon;

public sealed class UonEventsTests
{
    [Theory]
    [InlineData(UonEventSubject.Lead, 1, 16, 27, 29, 51, 53, 55, 72)]
    [InlineData(UonEventSubject.Request, 2, 6, 7, 8, 9, 10, 11, 17, 18, 19, 21, 22, 23, 30, 36, 37, 40, 49, 50, 52, 54, 56, 69, 73)]
    [InlineData(UonEventSubject.Either, 20, 25, 26, 31, 32, 34, 39, 45, 46, 48)]
    [InlineData(UonEventSubject.NotARecord, 3, 4, 5)]
    [InlineData(UonEventSubject.Unknown, 0, -1, 12, 15, 24, 28, 33, 35, 38, 41, 44, 47, 57, 68, 70, 71, 74, 999)]
    public void Each_event_is_about_what_U_ON_documents(UonEventSubject expected, params int[] eventTypes) =>
        Assert.All(eventTypes, type => Assert.Equal(expected, UonEvents.SubjectOf(type)));

    [Theory]
    [InlineData(1, null, RecordKind.Lead)]
    [InlineData(1, false, RecordKind.Lead)]
    [InlineData(2, true, RecordKind.Request)]
    [InlineData(26, true, RecordKind.Lead)]
    [InlineData(26, false, RecordKind.Request)]
    [InlineData(26, null, RecordKind.Auto)]
    [InlineData(999, true, RecordKind.Auto)]
    [InlineData(null, null, RecordKind.Auto)]
    public void The_kind_follows_the_event_then_is_lead_then_the_settings(int? eventType, bool? isLead, RecordKind expected) =>
        Assert.Equal(expected, UonEvents.KindOf(eventType, isLead, RecordKind.Auto));

    [Theory]
    [InlineData(null)]
    [InlineData(999)]
    [InlineData(34)]
    public void Where_the_webhook_does_not_tell_the_settings_do(int? eventType) =>
        Assert.Equal(RecordKind.Request, UonEvents.KindOf(eventType, null, RecordKind.Request));
}
