using Grpc.Core;
using LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>An assessment on its way to the end: fieldwork, draft and review, as the town does them.</summary>
internal static class Assessing
{
    /// <summary>Answers to the shipped instruments that say nothing bad, but for those that are told.</summary>
    public static InstrumentAnswers Answers(bool grade, params (string Item, int Points)[] told)
    {
        var answers = new InstrumentAnswers();
        string[] better = grade ? ["duties", "contact", "support", "carer"] : ["duties", "carer", "contact", "physical", "basic-needs"];
        string[] worse = grade ? ["harm"] : ["violence", "unattended", "exploited", "vice", "distress", "aid", "dangers"];
        foreach (var item in better)
            answers.Answers[item] = item is "support" ? 2 : 3;
        foreach (var item in worse)
            answers.Answers[item] = 0;
        foreach (var (item, points) in told)
            answers.Answers[item] = points;
        return answers;
    }

    /// <summary>Reviewed with county civil affairs and police.</summary>
    public static async Task<AssessmentRecord> ReviewedAsync(
        this Assessment.AssessmentClient assessments, string id, CallOptions caller, InstrumentAnswers? risk = null, InstrumentAnswers? grade = null)
    {
        var open = await assessments.GetAssessmentAsync(new() { AssessmentId = id }, caller);
        var fieldwork = await assessments.RecordFieldworkAsync(new()
        {
            AssessmentId = id, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = open.Version, Participants = { Participant.VillageCommittee, Participant.School, Participant.MedicalInstitution },
        }, caller);
        var drafted = await assessments.DraftAssessmentAsync(new()
        {
            AssessmentId = id, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = fieldwork.Version, Risk = risk ?? Answers(grade: false), Grade = grade ?? Answers(grade: true),
        }, caller);
        return await assessments.ReviewAssessmentAsync(new()
        {
            AssessmentId = id, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = drafted.Version, Participants = { Participant.CountyCivilAffairs, Participant.Police },
        }, caller);
    }
}
