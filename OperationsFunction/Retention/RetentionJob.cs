using UonOfferum.Shared.Jobs;

namespace UonOfferum.OperationsFunction.Retention;

/// <summary>Removes personal data when its retention period ends.</summary>
internal sealed class RetentionJob(PersonalDataRedactor redactor, RetentionSettings settings) : IJob
{
    public string Name => "retention";

    /// <summary>With a retention below one day, data must be removed within five minutes of the final state.</summary>
    public JobSchedule Schedule { get; } =
        settings.PersonalData > TimeSpan.Zero && settings.PersonalData < TimeSpan.FromDays(1) ? JobSchedule.Minutes(4) : JobSchedule.Minutes(60, offset: 40);

    public Task RunAsync(CancellationToken cancellationToken) => redactor.RunAsync(cancellationToken);
}
