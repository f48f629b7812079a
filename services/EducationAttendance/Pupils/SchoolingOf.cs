using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>How the child behind a pupil is schooled, in the words of the official table. Pure.</summary>
public static class SchoolingOf
{
    public static Schooling Pupil(PupilFacts facts) => facts.State switch
    {
        EnrolmentState.Enrolled or EnrolmentState.OnLeave or EnrolmentState.HomeTaught => facts.Stage switch
        {
            Stage.Kindergarten => Schooling.Kindergarten,
            Stage.Primary => Schooling.Primary,
            Stage.JuniorMiddle => Schooling.JuniorMiddle,
            Stage.SeniorHigh => Schooling.SeniorHigh,
            Stage.Vocational => Schooling.Vocational,
            _ => Schooling.NotCollected,
        },
        // 辍学 is leaving compulsory school, primary and junior middle (义务教育法 §2); whoever leaves another is 不在学 or 未入园.
        EnrolmentState.DroppedOut => facts.Stage switch
        {
            Stage.Kindergarten => Schooling.NotInKindergarten,
            Stage.SeniorHigh or Stage.Vocational => Schooling.NotInSchool,
            _ => Schooling.DroppedOut,
        },
        // 缓学 is approved: of school age, not in school, and no dropout.
        EnrolmentState.Deferred => facts.Stage is Stage.Kindergarten ? Schooling.NotInKindergarten : Schooling.NotInSchool,
        // Where the child goes next is told by the roll that enrols it.
        _ => Schooling.NotCollected,
    };

    /// <summary>Only whoever is enrolled boards.</summary>
    public static bool? Boarding(PupilFacts facts) => facts.State is EnrolmentState.Enrolled or EnrolmentState.OnLeave ? facts.Boarding : null;
}
